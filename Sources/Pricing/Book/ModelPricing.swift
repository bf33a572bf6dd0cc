package import Foundation
package import Money
package import ReplicateAPI

/// Prices runs of one model: the book, the model's schema, what earlier runs taught and the hardware that somebody has
/// named. Every door asks it, so that all of them say the same of the same run.
package struct ModelPricing: Sendable {
    package let book: PriceBook
    /// `owner/name`, without a version.
    package let model: String
    /// nil: not known; then the book's defaults count.
    package let schema: InputSchema?
    /// nil: nobody has asked the API.
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

    /// What one run with `input` will cost.
    ///
    /// - Parameter megapixelsIn: how large the pictures are that go in, by address; those of unknown size are left out.
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

    /// `input` with the defaults that decide the price made explicit, so that what is priced is what is run.
    package func completed(_ input: JSONObject) -> JSONObject {
        input.merging(book.pricedInputs(model: model, input: input, schema: schema)) { own, _ in own }
    }

    /// Whether runs that differ in `input` alone may differ in their price.
    package func depends(on input: String) -> Bool { book[model]?.deciding.contains(input) ?? false }
}
