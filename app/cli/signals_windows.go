package cli

import "os"

// passedOn are the signals that exec keeps from ending it before its program; the console sends
// them to the program by itself.
func passedOn() []os.Signal { return []os.Signal{os.Interrupt} }

func cameFromTerminal(os.Signal) bool { return true }

func exitCodeOf(state *os.ProcessState) int { return state.ExitCode() }
