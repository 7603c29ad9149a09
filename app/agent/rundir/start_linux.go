package rundir

import (
	"os"
	"strconv"
	"strings"
)

// startField is where /proc/PID/stat has the start time, counted from the field after the program's name.
const startField = 19

// StartOf returns when a process started, in a form of the system's own; empty where there is no such
// process. A process ID is soon that of another process, the two together are not.
func StartOf(pid int) string {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return ""
	}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	text := string(stat)
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	if len(fields) <= startField {
		return ""
	}
	return strings.TrimSpace(string(boot)) + " " + fields[startField]
}
