import Pictures
import Pixels
import Terminal

extension Checkup {
    /// Asks the terminal how pictures can be drawn on it, and says what came of it.
    func pictures() -> [Finding] {
        let traits = TerminalInquiry.ask(
            input: context.console.input,
            output: context.console.output,
            environment: settings.environment
        )
        guard let traits else {
            let text = "the terminal was not asked: it answers nothing, or keys were typed ahead"
            return [Finding(.note, "pictures", text)]
        }
        return Self.pictures(PictureChoice(wish: settings.pictures, traits: traits, depth: .direct), traits)
    }

    /// What was chosen, what the terminal has said, and what speaks against each better way.
    static func pictures(_ choice: PictureChoice, _ traits: TerminalTraits) -> [Finding] {
        var findings = [Finding(.fine, "pictures", "\(choice.title): \(choice.reason)")]
        var facts: [String] = []
        if let version = traits.version { facts.append("is \(version)") }
        if let cell = traits.cell { facts.append("has cells of \(cell.width)×\(cell.height) pixels") }
        if let multiplexer = traits.multiplexer { facts.append("is used through \(multiplexer.rawValue)") }
        if traits.attributes == nil { facts.append("has not answered in a second") }
        if !facts.isEmpty {
            findings.append(Finding(.note, "pictures", "the terminal " + facts.joined(separator: ", ")))
        }
        for finding in choice.findings where !finding.verdict.isUsable {
            findings.append(Finding(.note, "pictures", "not \(finding.title): \(finding.verdict.reason)"))
        }
        return findings
    }
}
