package e2e

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"daypass/sandbox/desktop"
)

// agentPID returns the process of the agent; zero where none runs.
func (s *scene) agentPID() int {
	note, err := os.ReadFile(s.Path("config", "state", "agent.running"))
	lines := strings.Split(string(note), "\n")
	if err != nil || len(lines) < 3 {
		return 0
	}
	pid, _ := strconv.Atoi(lines[2])
	if pid == 0 || syscall.Kill(pid, 0) != nil {
		return 0
	}
	return pid
}

// runs returns the process of the agent, which must run.
func (s *scene) runs() int {
	s.t.Helper()
	pid := s.agentPID()
	if pid == 0 {
		s.t.Fatal("no agent runs")
	}
	return pid
}

// ended waits until there is neither a window nor an agent.
func (s *scene) ended() {
	s.t.Helper()
	s.must(desktop.Until(s.ctx, "the end of window and agent", func() bool { return s.Windows(s.ctx) == 0 && s.agentPID() == 0 }))
}

// Quitting ends the window with the agent: from a terminal, and in the window, whose menu has it.
func TestQuit_endsWindowAndAgent(t *testing.T) {
	for name, quit := range map[string]func(s *scene){
		"terminal": func(s *scene) { _, err := s.Daypass(s.ctx, "quit"); s.must(err) },
		"menu":     func(s *scene) { s.click("menu"); s.picture("menu"); s.click("menu.quit") },
		"key":      func(s *scene) { s.must(s.window.Key(s.ctx, "ctrl+q")) },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, world.ClaimConnection)
			s.see("Sign in")
			s.runs()
			s.must(s.window.Front(s.ctx))
			quit(s)
			s.ended()
		})
	}
}

// An agent that was killed, which no user has asked for, is started again by the window.
func TestAgent_restartedAfterCrash(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.see("Sign in")
	before := s.runs()
	s.must(syscall.Kill(before, syscall.SIGKILL))
	s.must(desktop.Until(s.ctx, "another agent", func() bool { now := s.agentPID(); return now != 0 && now != before }))
	s.see("Sign in")
}
