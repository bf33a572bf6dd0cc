import Money
import Pricing
import ReplicateAPI

extension Confirmation {
    static func canceling(_ runs: [RunItem]) -> Confirmation {
        let isCharged = runs.contains { $0.startedAt != nil }
        let isWaiting = runs.contains { $0.startedAt == nil }
        return Confirmation(
            purpose: .cancelRuns(runs.map(\.id)),
            title: runs.count == 1 ? "Cancel this prediction?" : "Cancel \(runs.count) predictions?",
            lines: named(runs) { $0.estimate.label }
                + [""]
                + (isCharged ? ["A run that is canceled while it works is charged for the time it ran."] : [])
                + (isWaiting ? ["One that has not started is aborted, and free."] : [])
                + (isCharged ? ["Failed and aborted runs of public models are free; canceled ones are not."] : []),
            confirmLabel: runs.count == 1 ? "Cancel the run" : "Cancel the \(runs.count) runs",
            cancelLabel: runs.count == 1 ? "Keep it running" : "Keep them running"
        )
    }

    static func deleting(_ runs: [RunItem]) -> Confirmation {
        Confirmation(
            purpose: .deleteRecords(runs.map(\.id)),
            title: runs.count == 1 ? "Delete this record?" : "Delete \(runs.count) records?",
            lines: named(runs) { $0.costLabel }
                + [
                    "",
                    "Saved files go to the trash. Until you leave, all of it can be brought back. What was paid stays in the spend.",
                ],
            confirmLabel: "Delete",
            cancelLabel: "Keep"
        )
    }

    /// A line for each of the first runs, with `note` in a column of its own, and how many more there are.
    private static func named(_ runs: [RunItem], note: (RunItem) -> String) -> [String] {
        let most = 5
        return runs.prefix(most).map { "\($0.shortModel)  \($0.prompt.oneLine(characters: 40))\t\(note($0))" }
            + (runs.count > most ? ["and \(runs.count - most) more"] : [])
    }

    static func resending(_ run: RunItem) -> Confirmation {
        let count = run.candidates.count
        return Confirmation(
            purpose: .resend(run.id),
            title: "Send it again?",
            lines: [
                "\(run.model)\t\(run.estimate.label)",
                count == 0
                    ? "The server was asked several times and does not know this run."
                    : "The server knows \(count) predictions that this run could be.",
                "If it was created after all, it is paid for twice.",
            ],
            confirmLabel: "Send again"
        )
    }

    static func composingAgain(_ recipe: PictureRecipe) -> Confirmation {
        let seed = recipe.inputs["seed"].map { ["seed\t\($0.plain)"] } ?? []
        return Confirmation(
            purpose: .composeAgain(recipe),
            title: "Compose this picture again?",
            lines: [
                "made by\t\(recipe.madeBy.oneLine(characters: 40))",
                "model\t\((recipe.model ?? "not said").oneLine(characters: 44))",
                "prompt\t\((recipe.prompt.isEmpty ? "not in the file" : recipe.prompt).oneLine(characters: 44))",
            ] + seed + ["", "What is typed now is replaced; undo brings the prompt back."],
            confirmLabel: "Compose it",
            cancelLabel: "Keep the path as text"
        )
    }

    static func sendingImage(_ text: String) -> Confirmation {
        Confirmation(
            purpose: .sendImage(text),
            title: "Send this picture to the model?",
            lines: [text.oneLine(characters: 60), "", "Its path moves from the prompt to the images."],
            confirmLabel: "Add to the images",
            cancelLabel: "Keep the path as text"
        )
    }

    /// - Parameter active: runs that are still running.
    static func leaving(_ active: Int, mode: StudioMode) -> Confirmation {
        Confirmation(
            purpose: .quit,
            title: "Leave the studio?",
            lines: whatBecomes(of: active, mode: mode),
            confirmLabel: "Leave",
            cancelLabel: "Stay"
        )
    }

    private static func whatBecomes(of active: Int, mode: StudioMode) -> [String] {
        guard active > 0 else { return ["Nothing is running. What is typed is there again at the next start."] }
        let isOne = active == 1
        let running = isOne ? "1 prediction is still running" : "\(active) predictions are still running"
        return switch mode {
        case .demo:
            [
                "\(running) and \(isOne ? "ends" : "end") with the demo.",
                "The demo's server stops with the studio; nothing was billed.",
            ]
        case .live, .noToken:
            [
                "\(running) and \(isOne ? "goes" : "go") on without the studio.",
                "The next start finds \(isOne ? "it" : "them") and saves what \(isOne ? "it" : "they") made.",
            ]
        }
    }
}
