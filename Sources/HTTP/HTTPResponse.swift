package import Archives

/// An answer: status and headers are there, the body is pulled from the network as it is read.
///
/// Nothing is read ahead but a bounded buffer; a reader that stops for a while stops the server.
package final class HTTPResponse: ByteSource {
    package let status: Int
    /// Who answered, at the end of any redirects.
    package let address: HTTPAddress
    /// Why the body ended early; nil while it did not.
    package private(set) var failure: HTTPError?
    private let transfer: Transfer

    init(_ transfer: Transfer, from address: HTTPAddress) {
        self.transfer = transfer
        self.address = address
        status = transfer.inbox.head.status
    }

    /// The value of the header `name`; where it came several times, the last.
    package func header(_ name: String) -> String? { headers(name).last }

    /// The values of the header `name`, one for each line that it came in.
    package func headers(_ name: String) -> [String] { transfer.inbox.head.values(of: name) }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        do throws(HTTPError) {
            return try transfer.read(into: &buffer)
        } catch {
            failure = error
            throw ArchiveError(
                error.code == .truncated ? .truncated : .unreadable, "\(error.place): \(error.reason)",
                underlying: error.underlying)
        }
    }
}
