/// Takes the bytes of a report piece by piece, in their order.
package typealias ReportSink = (ArraySlice<UInt8>) throws(ReportError) -> Void
