package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"
)

// figure is one measured number and what it is meant to be: at most aim.
type figure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Aim   float64 `json:"aim"`
	OK    bool    `json:"ok"`
	// Of says what the value was made from.
	Of string `json:"of,omitempty"`
}

func atMost(name string, value float64, unit string, aim float64, of string) figure {
	return figure{Name: name, Value: value, Unit: unit, Aim: aim, OK: value <= aim, Of: of}
}

func printTable(out io.Writer, figures []figure) {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "figure\tvalue\taim\tunit\t\t ")
	for _, f := range figures {
		verdict := "ok"
		if !f.OK {
			verdict = "MISS"
		}
		fmt.Fprintf(t, "%s\t%.3f\t%g\t%s\t%s\t  %s\n", f.Name, f.Value, f.Aim, f.Unit, verdict, f.Of)
	}
	t.Flush()
}

// writeJSON writes the figures to a file, to those it has already or in their place.
func writeJSON(file string, figures []figure, add bool) error {
	if add {
		figures = append(others(file, figures), figures...)
	}
	data, err := json.MarshalIndent(figures, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}

// others are the figures in a file that are not among these.
func others(file string, figures []figure) (kept []figure) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	_ = json.Unmarshal(data, &kept) // what cannot be read is written again
	return slices.DeleteFunc(kept, func(k figure) bool {
		return slices.ContainsFunc(figures, func(f figure) bool { return f.Name == k.Name })
	})
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
