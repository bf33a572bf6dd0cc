/// The models that make neither pictures nor films, and those that misbehave.
enum OtherModels {
    static let all: [CatalogueModel] = [
        CatalogueModel(
            "meta/meta-llama-3-8b-instruct",
            official: true,
            runs: 390_442_018,
            day: 5,
            tags: ["text"],
            compute: .seconds(2),
            output: .text,
            recipe: .text,
            summary: "A small language model that answers word by word",
            example: ["prompt": "Tell me about the sea", "max_tokens": 64],
            fields: [
                .optional("prompt", .text, "What to answer", ""),
                .optional("system_prompt", .text, "How to behave", "You are a helpful assistant"),
                .optional("max_tokens", .integer(1...4096), "The longest answer", 128),
                .optional("temperature", .number(0...5), "0 is always the same", 0.7),
                .optional("top_p", .number(0...1), "Share of the likeliest words", 0.95),
                .optional("seed", .integer(nil), "The same seed gives the same answer"),
            ]
        ),
        CatalogueModel(
            "meta/meta-llama-3-70b-instruct",
            official: true,
            runs: 163_118_907,
            day: 5,
            tags: ["text"],
            compute: .seconds(4),
            output: .text,
            recipe: .text,
            summary: "A larger language model",
            example: ["prompt": "Write a haiku about rain"],
            fields: [
                .optional("prompt", .text, "What to answer", ""),
                .optional("max_tokens", .integer(1...4096), "The longest answer", 128),
                .optional("temperature", .number(0...5), "0 is always the same", 0.7),
            ]
        ),
        CatalogueModel(
            "lab/always-fails",
            official: false,
            runs: 13,
            day: 220,
            tags: ["community"],
            compute: .seconds(2),
            output: .file,
            recipe: .failure("CUDA out of memory while decoding. (E1001)"),
            summary: "Fails half-way, every time, for free",
            example: ["prompt": "anything"],
            fields: [.optional("prompt", .text, "Is not looked at", "")]
        ),
        CatalogueModel(
            "nightmareai/real-esrgan",
            official: false,
            runs: 81_330_517,
            day: 3,
            tags: ["image", "upscale", "community"],
            compute: .seconds(3),
            output: .file,
            recipe: .picture(PictureRecipe(sourceField: "image", format: .png, byTime: true)),
            summary: "Makes a picture larger",
            example: ["image": "{cover}"],
            fields: [
                .required("image", .file, "The picture to enlarge"),
                .optional("scale", .number(0...10), "How many times as large", 4),
                .optional("face_enhance", .boolean, "Repair faces", false),
            ]
        ),
        CatalogueModel(
            "recraft-ai/recraft-v3",
            official: true,
            runs: 9_017_600,
            day: 20,
            tags: ["image", "design"],
            compute: .seconds(4),
            output: .file,
            recipe: .picture(PictureRecipe()),
            summary: "Illustration and design in many styles",
            example: ["prompt": "a house by a lake, flat shapes"],
            fields: [
                .required("prompt", .text, "What the picture shows"),
                .optional(
                    "size",
                    .choice(["1024x1024", "1365x1024", "1024x1365", "1536x1024", "1024x1536"]),
                    "Pixels",
                    "1024x1024"
                ),
                .optional("style", .choice(["any", "realistic_image", "digital_illustration"]), "The look", "any"),
            ]
        ),
        CatalogueModel(
            "lab/bokeh-lights",
            official: false,
            runs: 977,
            day: 260,
            tags: ["image", "community"],
            compute: .seconds(2),
            output: .file,
            recipe: .picture(PictureRecipe(byTime: true, steps: 12)),
            summary: "Out-of-focus lights in any colour",
            example: ["prompt": "bokeh lights, teal and gold"],
            fields: [
                .optional("prompt", .text, "Colours and mood", "bokeh lights"),
                .optional("aspect_ratio", .choice(["1:1", "16:9", "9:16"]), "Width to height", "1:1"),
                .optional("seed", .integer(nil), "The same seed gives the same picture"),
            ]
        ),
        CatalogueModel(
            "replicate/hello-world",
            official: false,
            runs: 14_022_318,
            day: 1,
            tags: ["text", "community"],
            compute: .milliseconds(100),
            output: .text,
            recipe: .text,
            summary: "Says hello",
            example: ["prompt": "Alice"],
            fields: [.required("prompt", .text, "Whom to greet")]
        ),
    ]
}
