/// Where a key means something. The innermost context that knows a key wins.
package enum Context: String, CaseIterable, Hashable, Sendable {
    case everywhere
    /// Any pane while no text is typed into it: plain letters are commands.
    case list
    case model
    case images
    case inputs
    /// An input whose value can be typed: a number begins it.
    case value
    case predictions
    case detail
    /// The light table.
    case lightTable
    /// A picture over the whole screen.
    case large
    /// A film or an animation in the preview or over the whole screen.
    case film
    /// A film that is zoomed into: the arrows move in it.
    case filmPart
    /// Pictures side by side.
    case comparison
    /// Any text that is being typed.
    case text
    case prompt
    /// Behind a name of the library in the prompt.
    case libraryName
    /// The prompt while vim's insert mode types into it.
    case insert
    /// The prompt in vim's normal and visual modes.
    case normal
    /// A single line: an image's address, an input's value, a filter.
    case field
    /// The address or path of an image.
    case address
    case picker
    case confirmation
    /// The guide of a first start.
    case guide
    /// The view of what was spent.
    case spend

    /// Whether `character` is text here, where no key of the context says otherwise.
    package func takes(_ character: Character) -> Bool {
        switch self {
        case .text, .confirmation, .normal: true
        case .value: character.isASCII && character.isNumber || character == "-"
        default: false
        }
    }

    /// Where it is, within a sentence.
    var place: String {
        switch self {
        case .everywhere: "everywhere"
        case .list: "in lists"
        case .value: "on a value"
        case .text: "in text"
        case .field: "in a field"
        case .address: "in an address"
        case .large: "in a large picture"
        case .film, .filmPart: "at a film"
        case .comparison: "while comparing"
        case .libraryName: "behind @name"
        case .detail: "in the preview"
        case .lightTable: "in the light table"
        case .insert, .normal: "in \(rawValue) mode"
        case .picker: "while choosing"
        case .confirmation: "in dialogs"
        case .guide: "in the guide"
        case .model, .images, .inputs, .predictions, .prompt, .spend: "in \(rawValue)"
        }
    }

    /// The heading in the help and in docs/Keys.md.
    package var title: String {
        switch self {
        case .everywhere: "Everywhere"
        case .list: "In lists"
        case .model: "Model"
        case .images: "Images"
        case .inputs: "Inputs"
        case .value: "On a value"
        case .predictions: "Predictions"
        case .detail: "Preview and logs"
        case .lightTable: "Light table"
        case .large: "Large picture"
        case .film: "Film"
        case .filmPart: "Part of a film"
        case .comparison: "Comparing"
        case .text: "In text"
        case .prompt: "Prompt"
        case .libraryName: "Behind @name in the prompt"
        case .insert: "Insert mode"
        case .normal: "Normal mode"
        case .field: "In a field"
        case .address: "In an image's address"
        case .picker: "Choosing"
        case .confirmation: "Dialogs"
        case .guide: "First start"
        case .spend: "Spend"
        }
    }
}
