/// How many colours there are to draw with.
package enum ColorDepth: Int, Comparable, Sendable {
    case mono
    case ansi16
    case palette256
    /// 24 bits.
    case direct

    package static func < (left: ColorDepth, right: ColorDepth) -> Bool {
        left.rawValue < right.rawValue
    }
}
