/// Checks a path for parts that servers and libraries change before they use it.
enum URLPath {
    /// Whether the path of `url` has a segment `.` or `..` (RFC 3986, 3.3), also percent-encoded once or twice, or
    /// between backslashes. libcurl, a proxy or the server would turn it into another path.
    static func hasDotSegments(_ url: String) -> Bool {
        var path = Array(url.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        // Decoded twice, because a proxy may decode it once and the server once more.
        for _ in 0..<3 {
            let steps = path.split(omittingEmptySubsequences: false) {
                $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\")
            }
            if steps.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) { return true }
            guard path.contains(UInt8(ascii: "%")) else { return false }
            path = decoded(path)
        }
        return false
    }

    private static func decoded(_ path: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < path.count {
            if path[index] == UInt8(ascii: "%"), index + 2 < path.count, let high = digit(path[index + 1]),
                let low = digit(path[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(path[index])
                index += 1
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
