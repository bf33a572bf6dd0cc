import Composing
import Pricing

/// What a model that is billed by time runs on: asked for once, because only a person can know.
struct HardwareReducer: Sendable {
    let prices: PriceBook

    func choose(_ sku: String, _ state: inout StudioState) -> [StudioEffect] {
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

    /// It is not asked for again in this session: Run asks with the price as far as it is known.
    func leaveOpen(_ state: inout StudioState) {
        state.compose.wasHardwareAsked = true
        let key = state.keys.name(of: .nameHardware)
        state.say(.information, "Not named: Run asks before each run; \(key) names it")
    }

    /// Whether the model is billed by time on hardware that nobody has named.
    func isOpen(_ compose: ComposeState) -> Bool {
        guard let details = compose.model.details else { return false }
        return prices[compose.pricedModel] == nil && !details.isOfficial && compose.history?.hardware == nil
    }

    /// Whether Run has to ask for the hardware first.
    func isToBeAsked(_ compose: ComposeState) -> Bool { isOpen(compose) && !compose.wasHardwareAsked }

    static func receive(_ history: RunHistory, of path: String, wasAsked: Bool, _ compose: inout ComposeState) {
        guard path == compose.pricedModel else { return }
        // Whoever was asked in this session is not asked again because a run has ended.
        let wasAskedHere = compose.history != nil && compose.wasHardwareAsked
        compose.history = history
        compose.wasHardwareAsked = wasAsked || wasAskedHere
    }
}
