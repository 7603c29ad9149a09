package cli

import "golang.org/x/sys/windows"

// otherPath is the short path of the program, such as C:\PROGRA~1\Daypass\daypass.exe.
func otherPath(program string) (string, error) {
	long, err := windows.UTF16PtrFromString(program)
	if err != nil {
		return "", err
	}
	short := make([]uint16, windows.MAX_LONG_PATH)
	n, err := windows.GetShortPathName(long, &short[0], uint32(len(short)))
	if err != nil {
		return "", err
	}
	return windows.UTF16ToString(short[:n]), nil
}
