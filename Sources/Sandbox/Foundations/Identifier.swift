import Foundation

/// Ids in the shape of the API's: 26 characters of lower-case base 32.
enum Identifier {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")

    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return String((0..<26).map { _ in alphabet[Int(generator.next() % 32)] })
    }

    /// Characters that depend on `text` alone.
    static func letters(from text: String) -> String {
        String(SHA256.digest(of: Data(text.utf8)).map { alphabet[Int($0 % 32)] })
    }
}
