/// The inputs of a model version, in the order in which its author wants them shown.
package struct InputSchema: Hashable, Sendable {
    /// The inputs in the order in which they are shown; empty when the schema is not known.
    package let fields: [InputField]
    /// How the model takes images; nil when it takes none.
    package let images: ImageBinding?
    /// The input that takes the prompt: `prompt`, else `text`, else `caption`, else the first required text that is
    /// neither negative nor a list of images; nil when the model takes no text.
    package let promptField: String?

    /// Works out ``images`` and ``promptField`` from the fields.
    package init(fields: [InputField]) {
        self.fields = fields
        images = ImageBinding(fields: fields)
        promptField = Self.promptField(fields, images: Set(images?.fields ?? []))
    }

    /// The field of that name; nil when there is none.
    package subscript(name: String) -> InputField? { fields.first { $0.name == name } }

    /// Reads `components.schemas.Input` of a Cog OpenAPI document. `required` may be missing. A document of another
    /// form gives a schema without fields.
    package init(openAPI document: JSONValue) {
        let schemas = document["components"]?["schemas"]
        self.init(fields: SchemaReader(schemas: schemas ?? .null).fields(of: schemas?["Input"] ?? .null))
    }

    /// `components.schemas.Input` of a Cog OpenAPI document as JSON that stands alone: what it refers to elsewhere in the
    /// document is part of it. nil when the document has no such object.
    package static func json(openAPI document: JSONValue) -> JSONValue? {
        guard let schemas = document["components"]?["schemas"], let input = schemas["Input"], input.object != nil else {
            return nil
        }
        return SchemaReader(schemas: schemas).withoutReferences(input)
    }

    /// The names of inputs whose values must not be kept.
    package var secrets: Set<String> {
        Set(fields.lazy.filter { $0.type.alternatives.contains { $0.kind == .secret } }.map(\.name))
    }

    private static func promptField(_ fields: [InputField], images: Set<String>) -> String? {
        for name in ["prompt", "text", "caption"] {
            if fields.contains(where: { $0.name == name && $0.takesText }) { return name }
        }
        return fields.first { field in
            field.takesText && field.isRequired && !field.name.contains("negative") && !images.contains(field.name)
        }?.name
    }
}
