package import Foundation
package import Money
package import ReplicateAPI

/// Estimates runs of one model by the price book, the model's schema, earlier runs and the named hardware. Studio,
/// command line and service all use it, so that they give the same price for the same run.
package struct ModelPricing: Sendable {
    /// The prices.
    package let book: PriceBook
    /// `owner/name`, without a version.
    package let model: String
    /// The model's inputs; nil: not known, and the book's defaults are used.
    package let schema: InputSchema?
    /// Whether the model is official; nil: not known, because the API was not asked.
    package let isOfficial: Bool?
    /// Earlier runs of the model and its hardware; nil: not read yet.
    package let history: RunHistory?

    package init(
        book: PriceBook,
        model: String,
        schema: InputSchema?,
        isOfficial: Bool?,
        history: RunHistory?
    ) {
        self.book = book
        self.model = model
        self.schema = schema
        self.isOfficial = isOfficial
        self.history = history
    }

    /// The estimate of one run with `input`.
    ///
    /// - Parameter megapixelsIn: the sizes of input pictures in megapixels, by address; pictures of unknown size are
    ///   left out.
    package func estimate(_ input: JSONObject, megapixelsIn: [String: Decimal] = [:]) -> Estimate {
        book.estimate(
            model: model,
            input: input,
            schema: schema,
            megapixelsIn: megapixelsIn,
            history: history,
            isOfficial: isOfficial
        )
    }

    /// `input`, with the defaults that decide the price added, so that the run that was priced is the run that is sent.
    package func completed(_ input: JSONObject) -> JSONObject {
        input.merging(book.pricedInputs(model: model, input: input, schema: schema)) { own, _ in own }
    }

    /// Whether runs that differ only in `input` may have different prices. False for a model that is not in the book.
    package func depends(on input: String) -> Bool { book[model]?.deciding.contains(input) ?? false }
}
