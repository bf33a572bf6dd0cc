/// The models that make still pictures.
enum PictureModels {
    private static let prompt = InputField.required("prompt", .text, "What the picture shows")
    private static let seed = InputField.optional("seed", .integer(nil), "The same seed gives the same picture")
    private static let safety = InputField.optional(
        "disable_safety_checker",
        .boolean,
        "Leave generated pictures unchecked",
        false
    )

    private static func aspect(_ values: [JSON], _ standard: JSON = "1:1") -> InputField {
        .optional("aspect_ratio", .choice(values), "Width to height", standard)
    }

    private static func format(_ values: [JSON], _ standard: JSON) -> InputField {
        .optional("output_format", .choice(values), "File type of the output", standard)
    }

    private static let quality = InputField.optional(
        "output_quality",
        .integer(0...100),
        "0 is smallest, 100 is best; PNG ignores it",
        80
    )
    private static let wideRatios: [JSON] = [
        "1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21",
    ]
    private static let fluxFormats: [JSON] = ["webp", "jpg", "png"]

    static let all: [CatalogueModel] = [
        CatalogueModel(
            "black-forest-labs/flux-schnell",
            official: true,
            runs: 642_318_754,
            day: 0,
            tags: ["image", "fast"],
            compute: .seconds(3),
            output: .files,
            recipe: .picture(PictureRecipe(countField: "num_outputs", steps: 4)),
            summary: "The quick one: few steps, small price, for drafts and many variants",
            example: ["prompt": "misty mountains at sunrise, layers of blue", "seed": 42],
            fields: [
                prompt, aspect(wideRatios),
                .optional("num_outputs", .integer(1...4), "How many pictures", 1),
                .optional("num_inference_steps", .integer(1...4), "Denoising steps; four is recommended", 4),
                seed, format(fluxFormats, "webp"), quality, safety,
                .optional("go_fast", .boolean, "Run with lower precision, faster", true),
                .optional("megapixels", .choice(["1", "0.25"]), "About how large the picture is", "1"),
            ]
        ),
        CatalogueModel(
            "black-forest-labs/flux-dev",
            official: true,
            runs: 41_870_112,
            day: 2,
            tags: ["image"],
            compute: .seconds(4),
            output: .files,
            recipe: .picture(PictureRecipe(countField: "num_outputs", sourceField: "image")),
            summary: "More steps, more detail, with an optional picture to start from",
            example: ["prompt": "a red fox in a snowy forest", "seed": 7],
            fields: [
                prompt, aspect(wideRatios),
                .optional("image", .file, "A picture to start from"),
                .optional("prompt_strength", .number(0...1), "1 forgets the picture entirely", 0.8),
                .optional("num_outputs", .integer(1...4), "How many pictures", 1),
                .optional("num_inference_steps", .integer(1...50), "Denoising steps", 28),
                .optional("guidance", .number(0...10), "How closely to follow the prompt", 3),
                seed, format(fluxFormats, "webp"), quality, safety,
                .optional("go_fast", .boolean, "Run with lower precision, faster", true),
                .optional("megapixels", .choice(["1", "0.25"]), "About how large the picture is", "1"),
            ]
        ),
        CatalogueModel(
            "black-forest-labs/flux-1.1-pro",
            official: true,
            runs: 68_204_331,
            day: 40,
            tags: ["image"],
            compute: .seconds(4),
            output: .file,
            recipe: .picture(PictureRecipe()),
            summary: "High quality from a prompt, one picture a run",
            example: ["prompt": "a lighthouse above a calm sea at dusk", "aspect_ratio": "16:9"],
            fields: [
                prompt, aspect(["custom"] + wideRatios),
                .optional("width", .integer(256...1440), "Only for the custom aspect ratio"),
                .optional("height", .integer(256...1440), "Only for the custom aspect ratio"),
                .optional("image_prompt", .file, "A picture to guide the composition"),
                .optional("safety_tolerance", .integer(1...6), "1 is strictest", 2),
                .optional("prompt_upsampling", .boolean, "Let a language model elaborate the prompt", false),
                seed, format(fluxFormats, "webp"), quality,
            ]
        ),
        CatalogueModel(
            "black-forest-labs/flux-kontext-pro",
            official: true,
            runs: 33_902_117,
            day: 150,
            tags: ["image", "edit"],
            compute: .seconds(5),
            output: .file,
            recipe: .picture(PictureRecipe(sourceField: "input_image", format: .png)),
            summary: "Edits a picture as the prompt says",
            example: ["prompt": "make it a warm autumn evening"],
            fields: [
                prompt, .optional("input_image", .file, "The picture to edit: jpeg, png, gif or webp"),
                aspect(["match_input_image"] + wideRatios, "match_input_image"),
                format(["jpg", "png"], "png"),
                .optional("safety_tolerance", .integer(0...6), "At most 2 with an input image", 2),
                .optional("prompt_upsampling", .boolean, "Let a language model elaborate the prompt", false), seed,
            ]
        ),
        CatalogueModel(
            "google/imagen-4",
            official: true,
            runs: 9_455_870,
            day: 160,
            tags: ["image"],
            compute: .seconds(5),
            output: .file,
            recipe: .picture(PictureRecipe(format: .jpg)),
            summary: "Fine detail and legible text",
            example: ["prompt": "an alpine meadow full of flowers"],
            fields: [
                prompt, aspect(["1:1", "9:16", "16:9", "3:4", "4:3"]),
                .optional(
                    "safety_filter_level",
                    .choice(["block_low_and_above", "block_medium_and_above", "block_only_high"]),
                    "How much is blocked",
                    "block_only_high"
                ),
                format(["jpg", "png"], "jpg"),
            ]
        ),
        CatalogueModel(
            "google/nano-banana",
            official: true,
            runs: 71_220_945,
            day: 240,
            tags: ["image", "edit"],
            compute: .seconds(5),
            output: .file,
            recipe: .picture(PictureRecipe(sourceField: "image_input", format: .jpg)),
            summary: "Makes and edits pictures from words and several reference images",
            example: ["prompt": "a cat on a roof under the moon"],
            fields: [
                prompt, .optional("image_input", .files, "Pictures to combine or edit", []),
                aspect(["match_input_image"] + wideRatios, "match_input_image"), format(["jpg", "png"], "jpg"),
            ]
        ),
        CatalogueModel(
            "bytedance/seedream-4",
            official: true,
            runs: 19_830_244,
            day: 250,
            tags: ["image", "edit"],
            compute: .seconds(6),
            output: .files,
            recipe: .picture(
                PictureRecipe(
                    countField: "max_images",
                    groupField: "sequential_image_generation",
                    sourceField: "image_input",
                    format: .jpg
                )
            ),
            summary: "Large pictures, up to ten references",
            example: ["prompt": "a night city in the rain"],
            fields: [
                prompt, .optional("image_input", .files, "Up to ten reference pictures", []),
                .optional("size", .choice(["1K", "2K", "4K"]), "How large the picture is", "2K"),
                aspect(["match_input_image"] + wideRatios, "match_input_image"),
                .optional(
                    "sequential_image_generation",
                    .choice(["disabled", "auto"]),
                    "Whether several pictures that belong together may be made",
                    "disabled"
                ),
                .optional("max_images", .integer(1...15), "How many pictures at most, with auto above", 1),
            ]
        ),
        CatalogueModel(
            "ideogram-ai/ideogram-v3-turbo",
            official: true,
            runs: 7_310_662,
            day: 121,
            tags: ["image"],
            compute: .seconds(4),
            output: .file,
            recipe: .picture(PictureRecipe(format: .png)),
            summary: "Posters and lettering, fast",
            example: ["prompt": "abstract poster, flowing ribbons of colour"],
            fields: [
                prompt, aspect(wideRatios),
                .optional(
                    "style_type",
                    .choice(["None", "Auto", "General", "Realistic", "Design"]),
                    "The look",
                    "None"
                ),
                .optional("magic_prompt_option", .choice(["Auto", "On", "Off"]), "Elaborate the prompt", "Auto"),
                .optional("style_reference_images", .files, "Pictures whose style to follow"), seed,
            ]
        ),
        CatalogueModel(
            "lab/slow-diffusion",
            official: false,
            runs: 18_442,
            day: 90,
            tags: ["image", "community"],
            compute: .seconds(14),
            output: .files,
            recipe: .picture(PictureRecipe(countField: "num_outputs", format: .png, byTime: true, steps: 50)),
            summary: "A patient community model, billed by the second of hardware time",
            example: ["prompt": "dunes in the desert, golden hour"],
            fields: [
                .optional("prompt", .text, "What the picture shows", "an astronaut's view of the earth"),
                .optional("negative_prompt", .text, "What to keep out", ""),
                .optional("width", .choice([512, 768, 1024]), "Width in pixels", 768),
                .optional("height", .choice([512, 768, 1024]), "Height in pixels", 768),
                .optional("num_outputs", .integer(1...4), "How many pictures", 1),
                .optional("num_inference_steps", .integer(1...500), "Denoising steps", 50),
                .optional("guidance_scale", .number(1...50), "How closely to follow the prompt", 7.5), seed,
            ]
        ),
        CatalogueModel(
            "lab/watercolour",
            official: false,
            runs: 4_120,
            day: 200,
            tags: ["image", "community", "edit"],
            compute: .seconds(6),
            output: .file,
            recipe: .picture(PictureRecipe(sourceField: "image", format: .png, byTime: true)),
            summary: "Repaints a picture in the colours of the prompt",
            example: ["prompt": "spring meadow"],
            fields: [prompt, .optional("image", .file, "The picture to repaint"), seed]
        ),
    ]
}
