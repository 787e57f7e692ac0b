internal import HTTP
internal import Model

/// Asks, and asks again where that may help: after 429 and 5xx, and where the connection fails.
struct HTTPExchange: Sendable {
    let client: HTTPClient
    let retry: RetryPolicy

    /// The answer to `request`, whatever its status in the end; a failure where there is none.
    func open(_ request: HTTPRequest) throws(ImageError) -> HTTPResponse {
        do throws(HTTPError) {
            return try answer(to: request)
        } catch {
            throw ImageError(error, at: "")
        }
    }

    /// The same, with the failure as it was.
    func answer(to request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        var attempt = 0
        while true {
            do throws(HTTPError) {
                let response = try client.open(request)
                attempt += 1
                guard Self.mayPass(response.status), attempt < retry.attempts else { return response }
                let delay = retry.delay(
                    after: attempt - 1, retryAfter: response.header("retry-after"),
                    answered: response.header("date"))
                guard let delay else { return response }
                retry.pause(delay)
            } catch {
                attempt += 1
                guard attempt < attempts(after: error, of: request) else { throw error }
                retry.pause(retry.delay(after: attempt - 1))
            }
        }
    }

    private static func mayPass(_ status: Int) -> Bool {
        [429, 500, 502, 503, 504].contains(status)
    }

    private func attempts(after error: HTTPError, of request: HTTPRequest) -> Int {
        switch error.code {
        // This machine knows at once who listens on it.
        case .unresolved, .unreachable: request.address.isLoopback ? 1 : retry.attemptsToConnect
        case .timedOut: retry.attemptsToConnect
        case .truncated: retry.attempts
        default: 1
        }
    }
}
