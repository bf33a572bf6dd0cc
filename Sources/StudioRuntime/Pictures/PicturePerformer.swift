import Foundation
import Pictures
import Pixels
import Studio

/// Renders saved outputs for the detail pane, and opens them with the desktop's program.
struct PicturePerformer: Sendable {
    let depth: PixelDepth
    /// Of this process; the opener gets it without what is secret.
    let environment: [String: String]
    let post: Post

    /// Posts the picture, or of a video its first frame, rendered for the cells of `key`; or why there is none.
    func loadPreview(_ key: PreviewKey) async {
        let file = URL(filePath: key.path)
        let fitting = HalfBlocks.pixels(columns: key.columns, rows: key.rows)
        do throws(PictureError) {
            let head = FileHandle(forReadingAtPath: key.path).flatMap {
                try? $0.read(upToCount: PictureFormat.headLength)
            }
            let isVideo = PictureFormat.detect(head ?? Data()).isVideo
            let bitmap =
                isVideo
                ? try await VideoFrame.first(of: file, fitting: fitting)
                : try PictureDecoder.decode(contentsOf: file, fitting: fitting)
            let cells = HalfBlocks.render(bitmap, columns: key.columns, rows: key.rows, depth: depth)
            post(.previewLoaded(key, cells))
        } catch {
            post(.previewFailed(key, reason: error.description))
        }
    }

    func open(_ path: String) async {
        let isOpen = await DesktopOpener.open(path, environment: environment)
        if !isOpen { post(.openFailed(path: path)) }
    }
}
