/// The parts of the screen that can have the focus, in the order in which Tab visits them.
package enum Pane: Int, CaseIterable, Hashable, Sendable {
    case model = 1
    case prompt
    case images
    case inputs
    case predictions
    case detail

    /// In the pane's frame.
    package var title: String {
        switch self {
        case .model: "Model"
        case .prompt: "Prompt"
        case .images: "Images"
        case .inputs: "Inputs"
        case .predictions: "Predictions"
        case .detail: "Preview"
        }
    }

    /// Belongs to what is about to be run.
    package var isCompose: Bool { rawValue <= Pane.inputs.rawValue }

    /// The one that Tab goes to; after the last comes the first.
    package func next() -> Pane { Pane(rawValue: rawValue % Pane.allCases.count + 1) ?? .model }
    /// The one that Shift-Tab goes to; before the first comes the last.
    package func previous() -> Pane {
        Pane(rawValue: (rawValue + Pane.allCases.count - 2) % Pane.allCases.count + 1) ?? .model
    }
}
