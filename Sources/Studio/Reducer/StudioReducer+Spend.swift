import Composing
import Money
import Pricing
import ReplicateAPI

extension StudioReducer {
    // MARK: What was spent

    func openLedger(_ state: inout StudioState) -> [StudioEffect] {
        state.ledger = Ledger()
        return [.world(.loadSpend(Ledger().period))]
    }

    func browseLedger(_ command: Command, _ state: inout StudioState) -> [StudioEffect] {
        guard let before = state.ledger else { return [] }
        switch command {
        case .nextPeriod: state.ledger?.turn(by: 1)
        case .previousPeriod: state.ledger?.turn(by: -1)
        case .up: state.ledger?.scroll(by: -1)
        case .down: state.ledger?.scroll(by: 1)
        case .pageUp: state.ledger?.scroll(by: -10)
        case .pageDown: state.ledger?.scroll(by: 10)
        case .back, .interrupt, .showSpend: state.ledger = nil
        case .redraw: return [.terminal(.redraw)]
        case .suspend: return [.terminal(.suspend)]
        case .quit: return quit(&state)
        default: break
        }
        guard let period = state.ledger?.period, period != before.period else { return [] }
        return [.world(.loadSpend(period))]
    }

    func receiveSpend(_ action: StudioAction, _ state: inout StudioState) -> [StudioEffect] {
        switch action {
        case .spendChanged(let spend):
            state.spend = spend
            // What is on the screen is true now.
            return state.ledger.map { [.world(.loadSpend($0.period))] } ?? []
        case .spendLoaded(let period, let report):
            guard state.ledger?.period == period else { break }
            state.ledger?.report = report
            state.ledger?.failure = nil
        case .spendFailed(let reason): state.ledger?.failure = reason
        default: break
        }
        return []
    }

    // MARK: Hardware

    /// Asks what a model runs on, once: only a person can know, from the model's page.
    func openHardware(_ state: inout StudioState) {
        let unknown = Picker.Item(value: "", title: "I do not know", note: "asks before each run")
        let items = prices.hardwareByPrice.map { hardware in
            Picker.Item(value: hardware.sku, title: hardware.sku, note: "\(hardware.rate.exactText)/s")
        }
        state.picker = Picker(
            kind: .hardware,
            title: "What does \(state.compose.pricedModel) run on? Its page says",
            items: items + [unknown]
        )
    }

    func chooseHardware(_ sku: String, _ state: inout StudioState) -> [StudioEffect] {
        state.compose.wasHardwareAsked = true
        var history = state.compose.history ?? RunHistory()
        history.hardware = sku.isEmpty ? nil : sku
        state.compose.history = history
        state.say(
            .information,
            sku.isEmpty
                ? "Remembered; \(state.keys.name(of: .nameHardware)) asks again" : "Remembered: it runs on \(sku)"
        )
        return [.world(.rememberHardware(model: state.compose.pricedModel, sku: sku))]
    }

    /// Nobody is asked again in this sitting: Run asks with the price as far as it is known.
    func leaveHardwareOpen(_ state: inout StudioState) {
        state.compose.wasHardwareAsked = true
        let key = state.keys.name(of: .nameHardware)
        state.say(.information, "Not named: Run asks before each run; \(key) names it")
    }

    /// Whether the model is billed by time on hardware that nobody has named.
    func isHardwareOpen(_ state: StudioState) -> Bool {
        guard let details = state.compose.model.details else { return false }
        return prices[state.compose.pricedModel] == nil && !details.isOfficial && state.compose.history?.hardware == nil
    }

    /// Whether Run has to ask for the hardware first.
    func needsHardware(_ state: StudioState) -> Bool { isHardwareOpen(state) && !state.compose.wasHardwareAsked }
}
