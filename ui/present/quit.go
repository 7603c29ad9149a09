package present

import (
	"strconv"

	"daypass/app"
)

// PresentQuit is the question before Daypass is quit; without a title nothing is asked.
func PresentQuit(list app.TransferList) Farewell {
	moving := list.Moving()
	if moving == 0 {
		return Farewell{}
	}
	title := "Quit while a transfer is running?"
	if moving > 1 {
		title = "Quit while " + strconv.Itoa(moving) + " transfers are running?"
	}
	return Farewell{
		Title: title, Yes: "Quit",
		Text: "They stop now and continue when Daypass starts again. To keep them going, close the window instead.",
	}
}
