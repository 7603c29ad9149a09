//go:build crashpoints

package durable

import (
	"os"
	"strconv"
	"strings"
	"sync"
)

// crashVariable names the step at which this build kills itself, and after a colon the how-manieth
// time it gets there: "renamed:3". It is for tests, and no shipped build has it.
const crashVariable = "DAYPASS_CRASH_AT"

var (
	stepsMu sync.Mutex
	passed  = map[string]int{}
)

func step(name string) {
	at, count, _ := strings.Cut(os.Getenv(crashVariable), ":")
	if at != name {
		return
	}
	nth, _ := strconv.Atoi(count)
	stepsMu.Lock()
	defer stepsMu.Unlock()
	if passed[name]++; passed[name] >= nth {
		self, _ := os.FindProcess(os.Getpid())
		_ = self.Kill() // as kill -9 does: nothing is put in order
		select {}
	}
}
