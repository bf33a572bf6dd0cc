/// What a picture that was dropped into the prompt is good for.
enum DroppedPictureReducer {
    /// Asks what to do with it, as long as it still stands in the prompt and nothing else is asked.
    static func receive(_ picture: DroppedPicture, _ state: inout StudioState) {
        guard state.confirmation == nil, state.picker == nil, state.compose.prompt.text.contains(picture.text) else {
            return
        }
        if let recipe = picture.recipe {
            state.confirmation = .composingAgain(recipe)
        } else if state.compose.binding != nil {
            state.confirmation = .sendingImage(picture.text)
        }
    }

    static func composeAgain(_ recipe: PictureRecipe, _ state: inout StudioState) -> [StudioEffect] {
        let effects = ReuseReducer.take(
            model: recipe.model ?? state.compose.model.path,
            prompts: [recipe.prompt],
            inputs: recipe.inputs,
            &state
        )
        let omitted = recipe.omitted.joined(separator: ", ")
        if omitted.isEmpty {
            state.say(.information, "Prompt and inputs taken over")
        } else {
            state.say(.warning, "Taken over; not in the file: \(omitted)")
        }
        return effects
    }

    /// Moves it from the prompt to the image list.
    static func sendImage(_ text: String, _ state: inout StudioState) {
        state.compose.prompt.replaceAll(state.compose.prompt.text.replacing(text, with: "", maxReplacements: 1))
        if let said = ImagesReducer.add(text, &state.compose.images) { state.say(.information, said) }
    }
}
