extension Prediction {
    /// The seed that a model says it took, in a line such as `Using seed: 42`; nil: no line says so. Of several the first
    /// counts.
    package static func seed(inLogs logs: String) -> Int64? {
        for line in logs.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }).prefix(200) {
            let line = String(decoding: line.prefix(200), as: UTF8.self).lowercased()
            guard let place = line.firstRange(of: "seed"),
                place.lowerBound == line.startIndex || line[..<place.lowerBound].hasSuffix(" ")
            else { continue }
            let rest = line[place.upperBound...].drop { " :=".contains($0) }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let end = rest[digits.endIndex...].first
            if let seed = Int64(digits), end.map({ $0.isWhitespace || ".,;)".contains($0) }) ?? true { return seed }
        }
        return nil
    }
}
