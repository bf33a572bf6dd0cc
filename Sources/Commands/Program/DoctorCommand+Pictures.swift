import Foundation
import Pictures
import Pixels
import Terminal

extension DoctorCommand {
    /// Asks the terminal how pictures can be drawn on it, and says what came of it.
    func tellOfPictures(_ settings: Settings, _ console: Console) {
        let traits = TerminalInquiry.ask(
            input: console.input,
            output: console.output,
            environment: settings.environment
        )
        guard let traits else {
            console.print("-    pictures  the terminal was not asked: it answers nothing, or keys were typed ahead")
            return
        }
        for line in Self.lines(PictureChoice(wish: settings.pictures, traits: traits, depth: .direct), traits) {
            console.print(line)
        }
    }

    /// What was chosen, what the terminal has said, and what speaks against each better way.
    static func lines(_ choice: PictureChoice, _ traits: TerminalTraits) -> [String] {
        var lines = ["ok   pictures  \(choice.title): \(Console.cell(choice.reason, max(1, choice.reason.count)))"]
        var facts: [String] = []
        if let version = traits.version { facts.append("is \(version)") }
        if let cell = traits.cell { facts.append("has cells of \(cell.width)×\(cell.height) pixels") }
        if let multiplexer = traits.multiplexer { facts.append("is used through \(multiplexer.rawValue)") }
        if traits.attributes == nil { facts.append("has not answered in a second") }
        if !facts.isEmpty {
            let text = "the terminal " + facts.joined(separator: ", ")
            lines.append("-    pictures  \(Console.cell(text, text.count))")
        }
        for finding in choice.findings where !finding.verdict.isUsable {
            let text = "not \(finding.title): \(finding.verdict.reason)"
            lines.append("-    pictures  \(Console.cell(text, text.count))")
        }
        return lines
    }
}
