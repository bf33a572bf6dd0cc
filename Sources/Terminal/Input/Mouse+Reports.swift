extension Mouse {
    /// `CSI < buttons ; column ; row M` for a press, `m` for a release; columns and rows count from 1.
    init?(sgr sequence: ControlSequence) {
        guard let bits = sequence.value(0), let column = sequence.value(1), let row = sequence.value(2) else {
            return nil
        }
        self.init(bits: bits, isRelease: sequence.final == UInt8(ascii: "m"), column: column, row: row)
    }

    /// The three bytes after `CSI M`, each 32 too high.
    init?(x10 bytes: [UInt8]) {
        guard bytes.count == 3, bytes.allSatisfy({ $0 >= 32 }) else { return nil }
        let bits = Int(bytes[0]) - 32
        self.init(bits: bits, isRelease: false, column: Int(bytes[1]) - 32, row: Int(bytes[2]) - 32)
    }

    private init?(bits: Int, isRelease: Bool, column: Int, row: Int) {
        let button: Button? =
            switch bits & 3 {
            case 0: .left
            case 1: .middle
            case 2: .right
            default: nil
            }
        let action: Action
        switch (bits & 64 != 0, bits & 32 != 0, button) {
        case (true, _, .left): action = .scrollUp
        case (true, _, .middle): action = .scrollDown
        case (true, _, .right): action = .scrollLeft
        case (true, _, nil): action = .scrollRight
        case (false, true, let held?): action = .drag(held)
        case (false, true, nil): action = .move
        case (false, false, let button?): action = isRelease ? .release(button) : .press(button)
        // X10 does not report which button was released.
        case (false, false, nil): action = .release(.left)
        }
        guard bits < 128 else { return nil }
        var modifiers: KeyModifiers = []
        if bits & 4 != 0 { modifiers.insert(.shift) }
        if bits & 8 != 0 { modifiers.insert(.alt) }
        if bits & 16 != 0 { modifiers.insert(.control) }
        self.init(action, at: Point(column: max(0, column - 1), row: max(0, row - 1)), modifiers: modifiers)
    }
}
