import CVTerm

/// libvterm as an object.
///
/// `@unchecked`: not for two threads at once; its only owner keeps it behind a mutex.
final class Emulator: @unchecked Sendable {
    private let terminal: OpaquePointer
    private let screen: OpaquePointer
    private var columns: Int
    private var rows: Int
    private var isCursorVisible = true
    private var isAlternate = false
    private var title = ""
    /// Kept at one address, for libvterm holds on to it.
    private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>
    private(set) var bells = 0

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        terminal = vterm_new(Int32(rows), Int32(columns))
        vterm_set_utf8(terminal, 1)
        screen = vterm_obtain_screen(terminal)
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: VTermScreenCallbacks())
        callbacks.pointee.settermprop = { property, value, user in
            guard let value, let user else { return 0 }
            Unmanaged<Emulator>.fromOpaque(user).takeUnretainedValue().set(property, value.pointee)
            return 1
        }
        callbacks.pointee.bell = { user in
            guard let user else { return 0 }
            Unmanaged<Emulator>.fromOpaque(user).takeUnretainedValue().bells += 1
            return 1
        }
        vterm_screen_enable_altscreen(screen, 1)
        vterm_screen_set_callbacks(screen, callbacks, Unmanaged.passUnretained(self).toOpaque())
        vterm_screen_reset(screen, 1)
    }

    deinit {
        vterm_free(terminal)
        callbacks.deinitialize(count: 1)
        callbacks.deallocate()
    }

    private func set(_ property: VTermProp, _ value: VTermValue) {
        switch property {
        case VTERM_PROP_CURSORVISIBLE: isCursorVisible = value.boolean != 0
        case VTERM_PROP_ALTSCREEN: isAlternate = value.boolean != 0
        case VTERM_PROP_TITLE: title = value.string.map { String(cString: $0) } ?? ""
        default: break
        }
    }

    func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes {
            _ = vterm_input_write(terminal, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
        }
    }

    func resize(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        vterm_set_size(terminal, Int32(rows), Int32(columns))
    }

    func frame() -> TerminalFrame {
        var frame = TerminalFrame(columns: columns, rows: rows)
        for row in 0..<rows {
            for column in 0..<columns {
                frame.cells[row * columns + column] = cell(column, row)
            }
        }
        var position = VTermPos()
        vterm_state_get_cursorpos(vterm_obtain_state(terminal), &position)
        frame.cursor = (Int(position.col), Int(position.row))
        frame.isCursorVisible = isCursorVisible
        frame.isAlternate = isAlternate
        frame.title = title
        return frame
    }

    private func cell(_ column: Int, _ row: Int) -> TerminalFrame.Cell {
        var cell = VTermScreenCell()
        guard vterm_screen_get_cell(screen, VTermPos(row: Int32(row), col: Int32(column)), &cell) != 0 else {
            return TerminalFrame.Cell()
        }
        var result = TerminalFrame.Cell()
        let scalars = withUnsafeBytes(of: cell.chars) { Array($0.bindMemory(to: UInt32.self).prefix { $0 != 0 }) }
        if scalars.first == UInt32.max {
            result.text = ""
        } else if !scalars.isEmpty {
            result.text = String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
        }
        result.isBold = cell.attrs.bold != 0
        result.isItalic = cell.attrs.italic != 0
        result.isUnderlined = cell.attrs.underline != 0
        result.isReversed = cell.attrs.reverse != 0
        result.foreground = color(cell.fg)
        result.background = color(cell.bg)
        return result
    }

    private func color(_ color: VTermColor) -> TerminalFrame.Color {
        let type = UInt32(color.type)
        if type & VTERM_COLOR_DEFAULT_MASK.rawValue != 0 { return .standard }
        if type & VTERM_COLOR_TYPE_MASK.rawValue == VTERM_COLOR_INDEXED.rawValue { return .indexed(color.indexed.idx) }
        return .rgb(color.rgb.red, color.rgb.green, color.rgb.blue)
    }
}
