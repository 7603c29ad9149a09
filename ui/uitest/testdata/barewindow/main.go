// Barewindow is what the window's figures are measured against: the least that Fyne can do to show
// twenty countdowns. It has one window of the same size and twenty labels that change once a second.
package main

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

func main() {
	a := app.NewWithID("io.github.daypass.BareWindow")
	w := a.NewWindow("Bare")
	box := container.NewVBox()
	labels := make([]*widget.Label, 20)
	for i := range labels {
		labels[i] = widget.NewLabel("00:00:00")
		box.Add(labels[i])
	}
	w.SetContent(box)
	w.Resize(fyne.NewSize(1100, 720))
	go count(labels)
	w.ShowAndRun()
}

func count(labels []*widget.Label) {
	end := time.Now().Add(time.Hour)
	for range time.Tick(time.Second) {
		text := time.Until(end).Round(time.Second).String()
		fyne.Do(func() {
			for i, l := range labels {
				l.SetText(fmt.Sprintf("%02d %s", i, text))
			}
		})
	}
}
