import Glibc
import Synchronization

/// Gives out numbers for pictures. All programs in a terminal share them, so they begin at a place of this process's own.
enum KittyIDs {
    /// So many pictures apart, a number is used again; a terminal is never given so many at once.
    private static let most: UInt32 = 1 << 12
    private static let process = (UInt32(bitPattern: getpid()) &* 2_654_435_761) >> 20
    private static let count = Atomic<UInt32>(0)

    /// - Parameter isDirect: whether the terminal shows 24-bit colours; placeholders carry the number in their colour.
    static func next(isDirect: Bool) -> KittyGraphics.ImageID {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        // The first 256 numbers are palette entries, so the high bits are never all 0.
        return isDirect
            ? .init((process | 0x800) << 12 | number % most) : .init(1 + (process &+ number) % 255)
    }
}
