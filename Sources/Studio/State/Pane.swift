/// The parts of the screen that can have the focus, in the order in which Tab visits them.
package enum Pane: Int, CaseIterable, Hashable, Sendable {
    case model = 1
    case prompt
    case images
    case inputs
    case predictions
    case detail

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

    package var isCompose: Bool { rawValue <= Pane.inputs.rawValue }

    package func next() -> Pane { Pane(rawValue: rawValue % Pane.allCases.count + 1) ?? .model }
    package func previous() -> Pane {
        Pane(rawValue: (rawValue + Pane.allCases.count - 2) % Pane.allCases.count + 1) ?? .model
    }
}
