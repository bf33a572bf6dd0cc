/// The number of colours that can be drawn, in ascending order.
package enum ColorDepth: Int, Comparable, Sendable {
    /// No colours, only attributes such as bold.
    case mono
    /// 8 or 16 colours.
    case ansi16
    /// The 256 colours of xterm.
    case palette256
    /// 24 bits a colour.
    case direct

    package static func < (left: ColorDepth, right: ColorDepth) -> Bool {
        left.rawValue < right.rawValue
    }
}
