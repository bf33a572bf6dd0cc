package import Pricing
package import ReplicateAPI

/// One run that is to be journaled and sent: exactly what was priced.
package struct RunRequest: Hashable, Sendable {
    package let model: String
    package let prompt: String
    package let input: JSONObject
    package let estimate: Estimate

    package init(model: String, prompt: String, input: JSONObject, estimate: Estimate) {
        self.model = model
        self.prompt = prompt
        self.input = input
        self.estimate = estimate
    }
}
