/// One command of vim's normal or visual mode.
struct VimCommand: Hashable, Sendable {
    enum Motion: Hashable, Sendable {
        case left, right, down, up
        /// Blank and Backspace: from line to line.
        case rightOn, leftOn
        case word(isBig: Bool), wordBack(isBig: Bool), wordEnd(isBig: Bool), wordEndBack(isBig: Bool)
        case lineStart, firstNonBlank, lineEnd, lastNonBlank, column
        /// To the first character of a line below, of one above, or of this one and those below.
        case nextLine, previousLine, thisLine
        case top, bottom
        case paragraph(isForward: Bool)
        case match
        case find(Find)
        case findAgain(isReversed: Bool)
        /// An empty pattern is the one before.
        case search(String, isForward: Bool)
        case searchAgain(isReversed: Bool)
        /// Over the rows of the screen.
        case rowDown, rowUp
    }

    /// A character looked for in the line.
    struct Find: Hashable, Sendable {
        var character: Character
        var isForward: Bool
        /// Stops before it.
        var isTill: Bool
    }

    struct Object: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case word(isBig: Bool)
            case paragraph
            case quotes(Character)
            case block(open: Character, close: Character)
        }

        var kind: Kind
        /// `a` rather than `i`.
        var isWhole: Bool
    }

    enum Verb: Hashable, Sendable {
        case delete, change, copy, indent, outdent, lower, upper, swapCase

        /// Whether the text stays as it is.
        var isChange: Bool { self != .copy }
    }

    enum Place: Hashable, Sendable { case here, after, lineStart, firstColumn, lineEnd, below, above, last }

    enum Action: Hashable, Sendable {
        case move(Motion)
        case apply(Verb, Motion)
        case applyToObject(Verb, Object)
        case applyToLines(Verb)
        case insert(Place)
        case put(isAfter: Bool)
        case join(withBlank: Bool)
        case replace(Character)
        case swapCase
        case undo, redo
        case again
        case select(isLinewise: Bool)
        case selectAgain
        // In visual mode only.
        case selectObject(Object)
        case applyToSelection(Verb, isLinewise: Bool)
        case otherEnd
    }

    enum Reading: Hashable {
        /// The keys so far begin a command; `isPattern`: a pattern is being typed.
        case incomplete(isPattern: Bool)
        case invalid
        case command(VimCommand)
    }

    /// nil: none was named.
    var register: Character?
    /// How often: 1…999.
    var count: Int
    /// Whether a count was typed.
    var hasCount: Bool
    var action: Action
}
