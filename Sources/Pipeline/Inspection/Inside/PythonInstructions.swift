/// The few instructions of Python that give text to names, which have other numbers in each version.
struct PythonInstructions {
    let loadConstant: UInt8
    let storeName: UInt8
    let storeAttribute: UInt8
    let storeGlobal: UInt8
    let storeFast: UInt8
    let storeItem: UInt8
    let extend: UInt8
    /// Those that fetch what a name stands for, or an attribute of that.
    let loads: [UInt8]
    /// Names of the arguments of a call, where an instruction of its own has them.
    let keywords: UInt8?
    /// How many numbers a code object begins with.
    let numbers: Int
    /// How many objects follow its first line's number.
    let tables: Int

    init(magic: Int) {
        // 3.11 began with 3450, 3.13 with 3550, 3.14 with 3600.
        let isNew = magic >= 3450
        numbers = isNew ? 5 : 6
        tables = isNew ? 2 : 1
        guard magic >= 3550 else {
            (loadConstant, storeName, storeAttribute, storeGlobal, storeFast) = (100, 90, 95, 97, 125)
            (storeItem, extend, keywords) = (60, 144, isNew ? 172 : nil)
            loads = [101, 106, 116, 124, 136, 137]
            return
        }
        guard magic < 3600 else {
            (loadConstant, storeName, storeAttribute, storeGlobal, storeFast) = (82, 116, 110, 115, 112)
            (storeItem, extend, keywords) = (38, 69, nil)
            loads = [80, 83, 84, 86, 92, 93]
            return
        }
        (loadConstant, storeName, storeAttribute, storeGlobal, storeFast) = (83, 114, 108, 113, 110)
        (storeItem, extend, keywords) = (39, 71, nil)
        loads = [82, 84, 85, 91, 92]
    }
}
