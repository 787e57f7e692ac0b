/// Takes the bytes of a document portion by portion.
package typealias JSONSink = (ArraySlice<UInt8>) throws -> Void
