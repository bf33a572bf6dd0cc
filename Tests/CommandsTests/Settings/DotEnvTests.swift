import Testing

@testable import Commands

struct DotEnvTests {
    @Test func `keys are read with quotes, export and comments`() {
        let values = DotEnv.parse(
            """
            # a comment
            REPLICATE_API_TOKEN=r8_plain
            export REPLICATE_API_KEY="r8 quoted # not a comment"
            SINGLE='as $it is'
            HASH=a#b # a comment
            not an assignment
            """
        )
        #expect(
            values == [
                "REPLICATE_API_TOKEN": "r8_plain",
                "REPLICATE_API_KEY": "r8 quoted # not a comment",
                "SINGLE": "as $it is",
                "HASH": "a#b",
            ]
        )
    }
}
