import Pixels

/// Questions about pictures. What a terminal does not know it does not answer; some print a part of such a question, so that
/// the line is erased afterwards.
package enum TerminalQueries {
    /// Name and version (XTVERSION); kitty's graphics, by a picture of one pixel that is not kept; iTerm2's size of a cell;
    /// the size of a cell and of the text area in pixels; the most colours of a sixel picture, of which 256 are wished for,
    /// and its largest size (XTSMGRAPHICS).
    package static let pictures =
        "\u{1B}[>0q\(kitty)\u{1B}]1337;ReportCellSize\u{1B}\\\u{1B}[16t\u{1B}[14t\u{1B}[?1;3;256S\u{1B}[?2;4;0S\r\u{1B}[K"

    /// The background colour and what is needed for pictures, and last the primary attributes. Every terminal answers the
    /// last question, so that its answer shows that no other one will follow.
    static let look = "\(background)\(pictures)\u{1B}[c"
    /// The background colour alone.
    static let background = "\u{1B}]11;?\u{1B}\\"

    /// The question for kitty's graphics as tmux passes it on to the terminal around it, if it passes anything on.
    static let kittyThroughTmux =
        "\u{1B}Ptmux;" + kitty.split(separator: "\u{1B}").map { "\u{1B}\u{1B}\($0)" }.joined() + "\u{1B}\\"

    private static let kitty = "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
}

extension TerminalTraits {
    /// Takes over what an answer says of pictures. An answer to the same question takes the place of an earlier one.
    ///
    /// - Parameter cells: the size of the screen, for a terminal that reports pixels only for all of it.
    package mutating func receive(_ reply: TerminalReply, cells: Size) {
        switch reply {
        case .version(let text): named(text)
        case .graphics(let text): hasKittyGraphics = hasKittyGraphics || text.hasSuffix(";OK")
        case .inlineImageCell: hasInlineImages = true
        case .primaryAttributes(let numbers): attributes = numbers
        case .cellSize(let width, let height): cell = CellPixels(width: width, height: height) ?? cell
        case .textAreaSize(let width, let height): measure(width: width, height: height, cells)
        case .background(let red, let green, let blue): background = .rgb(red, green, blue)
        case .sixelColors(let count): if count > 0 { sixelLimits.colors = count }
        case .sixelSize(let width, let height):
            if width > 0, height > 0 { (sixelLimits.width, sixelLimits.height) = (width, height) }
        case .mode, .foreground, .keyboard, .colorScheme: break
        }
    }

    /// Works the size of a cell out from that of the whole screen, unless it is known already.
    mutating func measure(width: Int, height: Int, _ cells: Size) {
        guard cell == nil, cells.columns > 0, cells.rows > 0 else { return }
        cell = CellPixels(width: width / cells.columns, height: height / cells.rows)
    }
}
