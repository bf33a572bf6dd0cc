/// The parts between `CSI` and its final byte.
struct ControlSequence {
    /// One of `<`, `=`, `>`, `?`; nil when none of them is there.
    let prefix: UInt8?
    /// Parameters separated by `;`, each with its sub-parameters separated by `:`; nil for an omitted number.
    let parameters: [[Int?]]
    let intermediates: [UInt8]
    let final: UInt8

    init(parameters bytes: [UInt8], final: UInt8) {
        var rest = bytes[...]
        if let byte = rest.first, (0x3C...0x3F).contains(byte) {
            prefix = byte
            rest.removeFirst()
        } else {
            prefix = nil
        }
        intermediates = rest.filter { $0 < 0x30 }
        parameters =
            rest.isEmpty
            ? []
            : rest.filter { $0 >= 0x30 }.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
                $0.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Self.number)
            }
        self.final = final
    }

    var isBare: Bool { parameters.isEmpty && intermediates.isEmpty }
    var first: Int? { value(0) }

    func value(_ index: Int, _ sub: Int = 0) -> Int? {
        guard index < parameters.count, sub < parameters[index].count else { return nil }
        return parameters[index][sub]
    }

    /// The modifiers, which are the second parameter as 1 + bits.
    var modifiers: KeyModifiers {
        let bits = max(0, (value(1) ?? 1) - 1)
        var modifiers = KeyModifiers(rawValue: UInt8(bits & 7))
        if bits & 32 != 0 { modifiers.insert(.alt) }
        return modifiers
    }

    /// Whether it reports the release of a key, which the kitty protocol can do.
    var isRelease: Bool { value(1, 1) == 3 }

    /// Nil when there are no digits, or more than any real parameter has.
    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 9 else { return nil }
        var number = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        return number
    }
}
