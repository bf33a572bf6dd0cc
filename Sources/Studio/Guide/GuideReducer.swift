/// The guide of a first start: commands, what is typed, and what came of a token.
enum GuideReducer {
    static func reduce(_ meaning: CommandMeaning, _ state: inout StudioState) -> [StudioEffect] {
        switch meaning {
        case .screen(.quit), .screen(.interrupt): return LeavingReducer.leave(&state)
        case .screen(.redraw): return [.terminal(.redraw)]
        case .screen(.suspend): return [.terminal(.suspend)]
        case .screen(.back): return goBack(&state)
        case .dialog(.choose): return goOn(&state)
        case .list(let move): select(by: move.rows(page: 1), &state.guide)
        case .edit(let operation): edit(operation, &state.guide)
        case .screen, .compose, .normalMode, .acceptField, .images, .inputs, .runs, .annotate, .detail, .large, .film,
            .ledger, .dialog:
            break
        }
        return []
    }

    /// Text from keys or from the clipboard. On the first screen it can only be a token.
    static func type(_ text: String, _ guide: inout Guide?) {
        guard let open = guide, open.progress != .working else { return }
        guide?.progress = .idle
        switch open.step {
        case .beginning:
            guide?.beginning = .account
            guide?.token.append(text)
        case .budget: guide?.limits[open.selection].text.insert(text)
        case .pictures: break
        }
    }

    /// A row was clicked: it is selected, and the row of what can be done by itself goes on.
    static func click(row: Int, _ state: inout StudioState) -> Command? {
        guard let guide = state.guide, guide.progress != .working else { return nil }
        switch guide.step {
        case .beginning:
            guard let beginning = Guide.Beginning(rawValue: row) else { return nil }
            state.guide?.beginning = beginning
            return beginning == .demo ? .choose : nil
        case .budget:
            if guide.limits.indices.contains(row) { state.guide?.selection = row }
            return nil
        case .pictures: return nil
        }
    }

    private static func select(by rows: Int, _ guide: inout Guide?) {
        guard let open = guide, open.progress != .working else { return }
        guide?.progress = .idle
        switch open.step {
        case .beginning: guide?.beginning = rows < 0 ? .demo : .account
        case .budget: guide?.selection = min(max(open.selection + rows, 0), open.limits.count - 1)
        case .pictures: break
        }
    }

    private static func edit(_ operation: TextOperation, _ guide: inout Guide?) {
        guard let open = guide, open.progress != .working else { return }
        switch open.step {
        case .beginning where open.beginning == .account:
            // Nobody sees where a caret is among dots: the last sign goes, or all of it.
            switch operation {
            case .deleteBackward: guide?.token.removeLast()
            case .deleteWordBackward, .killToLineStart: guide?.token.clear()
            case .undo, .redo, .newline, .deleteForward, .deleteWordForward, .killToLineEnd, .yank, .move, .moveLineUp,
                .moveLineDown, .select, .selectRow, .selectAll, .copy, .cut:
                break
            }
        case .budget: guide?.limits[open.selection].text.perform(operation)
        case .beginning, .pictures: break
        }
    }

    private static func goOn(_ state: inout StudioState) -> [StudioEffect] {
        guard let guide = state.guide, guide.progress != .working else { return [] }
        switch guide.step {
        case .beginning:
            guard guide.beginning == .account else {
                state.guide?.step = .pictures
                return []
            }
            guard !guide.token.isEmpty else {
                state.guide?.progress = .failed("Paste the token of your account, then press Enter")
                return []
            }
            state.guide?.progress = .working
            state.guide?.token.clear()
            return [.world(.keepToken(guide.token))]
        case .budget:
            switch guide.typedBudget {
            case .failure(let wrong):
                state.guide?.selection = wrong.index
                state.guide?.progress = .failed("This is neither an amount in USD, such as 2.50, nor none")
                return []
            case .success(let budget):
                guard budget != guide.budget else {
                    show(.pictures, &state)
                    return []
                }
                state.guide?.progress = .working
                return [.world(.keepBudget(budget))]
            }
        case .pictures: return begin(guide, &state)
        }
    }

    private static func goBack(_ state: inout StudioState) -> [StudioEffect] {
        guard let guide = state.guide else { return [] }
        switch guide.step {
        // What is asked may still be answered; nobody has to wait for it.
        case .beginning where guide.progress == .working:
            state.guide?.progress = .idle
            return []
        case .beginning:
            state.guide = nil
            let key = state.keys.name(of: .setUp)
            state.say(.information, "Without a token nothing can be run; \(key) brings the guide back")
            return []
        // The token is kept already: what is left out has its standard.
        case .budget:
            show(.pictures, &state)
            return []
        case .pictures: return begin(guide, &state)
        }
    }

    private static func show(_ step: Guide.Step, _ state: inout StudioState) {
        state.guide?.step = step
        state.guide?.progress = .idle
    }

    /// Ends this sitting, for one with what was chosen.
    private static func begin(_ guide: Guide, _ state: inout StudioState) -> [StudioEffect] {
        state.next = guide.beginning == .demo ? .demo : .live
        return LeavingReducer.leave(&state)
    }

    // MARK: Answers

    static func keep(_ token: KeptToken, _ state: inout StudioState) {
        guard state.guide != nil else {
            return state.say(.success, "The token of \(token.account) is kept: the next start uses it")
        }
        state.guide?.kept = token
        // Meanwhile somebody may have gone on to the demo.
        if state.guide?.step == .beginning { show(.budget, &state) }
    }

    /// A token was not kept, or a budget was not written.
    static func fail(_ reason: String, _ state: inout StudioState) {
        guard state.guide != nil else { return state.say(.error, reason) }
        if state.guide?.progress == .working { state.guide?.progress = .failed(reason) }
    }

    static func keptBudget(_ state: inout StudioState) {
        if state.guide?.step == .budget { show(.pictures, &state) }
    }
}
