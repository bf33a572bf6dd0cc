import Composing
import ReplicateAPI

extension ImageRequest {
    /// As the composer takes it: the prompt as it is, without alternatives.
    func order(_ answer: ModelCache.Answer) -> GivenRun {
        GivenRun(
            model: answer.details.path,
            details: answer.details,
            prompt: prompt,
            inputs: GivenInput.values(input),
            history: answer.history
        )
    }
}

extension VideoRequest {
    /// As the composer takes it: the prompt as it is, without alternatives.
    func order(_ answer: ModelCache.Answer) -> GivenRun {
        GivenRun(
            model: answer.details.path,
            details: answer.details,
            prompt: prompt,
            images: imageURLs.map(GivenImage.address),
            inputs: GivenInput.values(input),
            history: answer.history
        )
    }
}
