import Foundation

/// How well one colour is read on another.
///
/// Source: W3C, Web Content Accessibility Guidelines 2.2, “relative luminance” and “contrast ratio”, read 2026-11; text
/// needs 4.5.
enum Contrast {
    /// 0 for black, 1 for white.
    static func luminance(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Double {
        func linear(_ channel: UInt8) -> Double {
            let value = Double(channel) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// 1…21, of two luminances.
    static func ratio(_ one: Double, _ other: Double) -> Double {
        (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }
}
