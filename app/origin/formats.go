package origin

import (
	"encoding/binary"
	"strconv"
	"time"
)

// zone is the content of Windows' stream for a file from the internet.
func zone(address string) string { return "[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=" + address + "\r\n" }

// quarantined is the flags of a file that a program has downloaded and nobody has opened yet, as browsers set them.
const quarantined = "0081"

// quarantine is the content of macOS's attribute: flags, the time in hexadecimal, the program, and no event.
func quarantine(now time.Time) string {
	return quarantined + ";" + strconv.FormatInt(now.Unix(), 16) + ";Daypass;"
}

// whereFrom is a binary property list of one array with one ASCII text: what the Finder shows as "Where from".
func whereFrom(address string) []byte {
	const (
		header    = "bplist00"
		array     = 0xa1 // of one object, which follows by its number
		longASCII = 0x5f // whose length follows as an integer
		twoBytes  = 0x11
	)
	list := append([]byte(header), array, 1, longASCII, twoBytes)
	list = binary.BigEndian.AppendUint16(list, uint16(len(address)))
	list = append(list, address...)
	table := len(list)
	list = append(list, byte(len(header)), byte(len(header)+2)) // where the two objects begin
	list = append(list, 0, 0, 0, 0, 0, 0, 1, 1)                 // sizes of an entry of the table and of a number
	for _, n := range []int{2, 0, table} {                      // objects, the outermost one, the table
		list = binary.BigEndian.AppendUint64(list, uint64(n))
	}
	return list
}
