package import Pixels
import ReplicateAPI

/// The lower right of the screen: what the selected run made, said, was given and was answered.
package struct DetailState: Hashable, Sendable {
    /// What the pane shows of the selected run.
    package enum Tab: Int, CaseIterable, Hashable, Sendable {
        case preview
        case logs
        case inputs
        case json

        /// As it stands in the upper edge of the pane.
        package var title: String {
            switch self {
            case .preview: "Preview"
            case .logs: "Logs"
            case .inputs: "Inputs"
            case .json: "JSON"
            }
        }
    }

    /// The tab that was chosen last.
    package var tab: Tab = .preview
    /// Which output is shown; 0 is the first.
    package var output = 0
    /// The part that is seen of a picture over the whole screen; nil: all of it.
    package internal(set) var crop: PictureCrop?
    /// First shown line of logs, inputs or JSON.
    package var top = 0
    /// Logs stay at their end while they grow.
    package var follows = true

    /// The lines of the tab; none for the preview.
    package internal(set) var text = DetailText()

    package init() {}

    package mutating func show(_ tab: Tab) {
        self.tab = tab
        top = 0
        follows = true
    }

    /// Another run is shown, from its beginning.
    mutating func showAnother() {
        output = 0
        crop = nil
        top = 0
        follows = true
    }

    package mutating func turnTab(by step: Int) {
        let count = Tab.allCases.count
        show(Tab.allCases[(tab.rawValue + step + count) % count])
    }
}

extension DetailState.Tab {
    /// What the lines of the tab are made from; nothing for the preview.
    func source(of run: RunItem?) -> DetailText.Source {
        guard let run else { return .nothing }
        return switch self {
        case .preview: .nothing
        case .logs: .logs(run.logs)
        case .inputs: .inputs(run.input)
        case .json: .json(run.raw.isNull ? .object(run.input) : run.raw)
        }
    }
}
