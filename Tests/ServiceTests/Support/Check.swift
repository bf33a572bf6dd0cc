import Testing

/// `#expect` for what mutates or throws inside a closure, which the macro cannot take apart.
func check<Value: Equatable>(
    _ actual: Value,
    _ expected: Value,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual == expected, sourceLocation: sourceLocation)
}
