/// The models that make moving pictures.
enum MovieModels {
    private static let prompt = InputField.required("prompt", .text, "What happens in the video")
    private static let seed = InputField.optional("seed", .integer(nil), "The same seed gives the same video")

    static let all: [CatalogueModel] = [
        CatalogueModel(
            "fofr/skyreels-2",
            official: false,
            runs: 2_318,
            day: 130,
            tags: ["video", "community"],
            compute: .seconds(8),
            output: .file,
            recipe: .movie(MovieRecipe(sources: [.list("image_urls")], timing: .perImage(field: "seconds_per_image"))),
            summary: "Turns an ordered list of pictures into one video",
            example: ["image_urls": ["{cover}", "{cover}"], "prompt": "a slow journey through misty hills"],
            fields: [
                .required("image_urls", .files, "The pictures, in the order they appear"),
                .optional("prompt", .text, "What happens in the video"),
                .optional("seconds_per_image", .number(0.5...10), "How long each picture is shown", 2),
                .optional("fps", .integer(4...30), "Frames a second", 12), seed,
            ]
        ),
        CatalogueModel(
            "google/veo-3-fast",
            official: true,
            runs: 2_905_113,
            day: 190,
            tags: ["video", "audio"],
            compute: .seconds(9),
            output: .file,
            recipe: .movie(MovieRecipe(sources: [.slot("image")], timing: .duration(field: "duration"))),
            summary: "Video with sound from a prompt, the faster and cheaper kind",
            example: ["prompt": "waves rolling in under a red evening sky", "duration": 8],
            fields: [
                prompt, .optional("image", .file, "The first frame"),
                .optional("negative_prompt", .text, "What to keep out"),
                .optional("duration", .choice([4, 6, 8]), "Length in seconds", 8),
                .optional("resolution", .choice(["720p", "1080p"]), "Size of the video", "1080p"),
                .optional("aspect_ratio", .choice(["16:9", "9:16"]), "Width to height", "16:9"),
                .optional("generate_audio", .boolean, "Make sound too", true), seed,
            ]
        ),
        CatalogueModel(
            "minimax/hailuo-02",
            official: true,
            runs: 1_204_500,
            day: 170,
            tags: ["video"],
            compute: .seconds(10),
            output: .file,
            recipe: .movie(
                MovieRecipe(
                    sources: [.slot("first_frame_image"), .slot("last_frame_image")],
                    timing: .duration(field: "duration")
                )
            ),
            summary: "Believable motion, with a first and a last frame",
            example: ["prompt": "a fox runs through deep snow", "duration": 6],
            fields: [
                prompt, .optional("first_frame_image", .file, "The first frame"),
                .optional("last_frame_image", .file, "The last frame"),
                .optional("duration", .choice([6, 10]), "Length in seconds", 6),
                .optional("resolution", .choice(["512p", "768p", "1080p"]), "Size of the video", "1080p"),
                .optional("prompt_optimizer", .boolean, "Elaborate the prompt", true),
            ]
        ),
        CatalogueModel(
            "bytedance/seedance-1-lite",
            official: true,
            runs: 3_480_027,
            day: 165,
            tags: ["video"],
            compute: .seconds(8),
            output: .file,
            recipe: .movie(
                MovieRecipe(
                    sources: [.slot("image"), .slot("last_frame_image")],
                    timing: .duration(field: "duration")
                )
            ),
            summary: "Text or first and last frame to video, 5 or 10 seconds",
            example: ["prompt": "clouds drift over a forest", "duration": 5],
            fields: [
                prompt, .optional("image", .file, "The first frame"),
                .optional("last_frame_image", .file, "The last frame; needs a first one"),
                .optional("duration", .integer(2...12), "Length in seconds", 5),
                .optional("resolution", .choice(["480p", "720p", "1080p"]), "Size of the video", "720p"),
                .optional(
                    "aspect_ratio",
                    .choice(["16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "9:21"]),
                    "Width to height",
                    "16:9"
                ),
                .optional("fps", .choice([24]), "Frames a second", 24),
                .optional("camera_fixed", .boolean, "Keep the camera still", false), seed,
            ]
        ),
        CatalogueModel(
            "fofr/frames-to-video",
            official: false,
            runs: 1_646,
            day: 10,
            tags: ["video", "community"],
            compute: .seconds(4),
            output: .file,
            recipe: .movie(
                MovieRecipe(sources: [.lines("frames_urls")], timing: .framesPerSecond(field: "fps"), byTime: true)
            ),
            summary: "Joins frames into a video",
            example: ["frames_urls": "{cover}\n{cover}", "fps": 24],
            fields: [
                .optional("frames_urls", .text, "The frames: one URL a line"),
                .optional("fps", .number(1...60), "Frames a second", 24),
            ]
        ),
        CatalogueModel(
            "kwaivgi/kling-v2.1",
            official: true,
            runs: 5_014_230,
            day: 145,
            tags: ["video"],
            compute: .seconds(11),
            output: .file,
            recipe: .movie(
                MovieRecipe(
                    sources: [.slot("start_image"), .slot("end_image")],
                    timing: .duration(field: "duration")
                )
            ),
            summary: "Image to video in standard and pro quality",
            example: ["prompt": "the sun rises behind the mountains", "start_image": "{cover}", "duration": 5],
            fields: [
                prompt, .required("start_image", .file, "The first frame"),
                .optional("end_image", .file, "The last frame; pro mode only"),
                .optional("mode", .choice(["standard", "pro"]), "Quality", "standard"),
                .optional("duration", .choice([5, 10]), "Length in seconds", 5),
                .optional("negative_prompt", .text, "What to keep out", ""),
            ]
        ),
        CatalogueModel(
            "google/veo-3.1",
            official: true,
            runs: 804_411,
            day: 290,
            tags: ["video", "audio"],
            compute: .seconds(12),
            output: .file,
            recipe: .movie(
                MovieRecipe(
                    sources: [.slot("image"), .slot("last_frame"), .list("reference_images")],
                    timing: .duration(field: "duration")
                )
            ),
            summary: "Video with sound, a last frame and up to three reference pictures",
            example: ["prompt": "a lantern festival by the sea", "duration": 8],
            fields: [
                prompt, .optional("image", .file, "The first frame"),
                .optional("last_frame", .file, "The last frame"),
                .optional("reference_images", .files, "One to three pictures of the subject", []),
                .optional("negative_prompt", .text, "What to keep out"),
                .optional("duration", .choice([4, 6, 8]), "Length in seconds", 8),
                .optional("resolution", .choice(["720p", "1080p"]), "Size of the video", "1080p"),
                .optional("aspect_ratio", .choice(["16:9", "9:16"]), "Width to height", "16:9"),
                .optional("generate_audio", .boolean, "Make sound too", true), seed,
            ]
        ),
    ]
}
