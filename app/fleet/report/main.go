// Report prints as JSON what the servers of a company of ten thousand get to do, by package fleet, and with -draw FILE
// draws its days as SVG.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"daypass/app/fleet"
)

func main() {
	file := flag.String("draw", "", "`file` for a picture of the days")
	flag.Parse()
	if err := run(*file); err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
}

func run(file string) error {
	company := fleet.OfThousands()
	days := fleet.Compare(company)
	if file != "" {
		if err := os.WriteFile(file, draw(days), 0o644); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(sum(company, days))
}

// figures are those of all days; of the outages the larger one counts.
type figures struct {
	Agents int `json:"agents"`
	// Mean is in renewals a minute, and the ratios are multiples of it.
	Mean     float64 `json:"mean"`
	Peak     float64 `json:"peak_ratio"`
	Recovery float64 `json:"recovery_ratio"`
	Echo     float64 `json:"echo_ratio"`
	// Minutes is how long it took until everybody was renewed.
	Minutes float64 `json:"recovery_minutes"`
	Lost    int     `json:"lost"`
}

func sum(c fleet.Company, days fleet.Days) figures {
	f := figures{Agents: c.Agents, Mean: days.Mean(), Peak: days.PeakRatio(), Lost: days.Quiet.Lost}
	for i, day := range days.Outages {
		of := fleet.Service(i)
		f.Recovery, f.Echo = max(f.Recovery, days.RecoveryRatio(of)), max(f.Echo, days.EchoRatio(of))
		f.Minutes = max(f.Minutes, day.Recovered.Minutes())
		f.Lost += day.Lost
	}
	return f
}
