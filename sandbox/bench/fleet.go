package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"

	"daypass/sandbox/servers"
)

// company measures what a company of ten thousand asks of its servers, in a simulation.
func company(ctx context.Context, _ *servers.Sandbox, _ *agent, _ string) ([]figure, error) {
	say("simulating three days of a company")
	report := exec.CommandContext(ctx, "go", "run", "./app/fleet/report")
	report.Dir, report.Stderr = "..", os.Stderr
	out, err := report.Output()
	if err != nil {
		return nil, fmt.Errorf("the simulation: %w", err)
	}
	var f struct {
		Agents          int     `json:"agents"`
		Mean            float64 `json:"mean"`
		PeakRatio       float64 `json:"peak_ratio"`
		RecoveryRatio   float64 `json:"recovery_ratio"`
		EchoRatio       float64 `json:"echo_ratio"`
		RecoveryMinutes float64 `json:"recovery_minutes"`
		Lost            float64 `json:"lost"`
	}
	if err := json.Unmarshal(out, &f); err != nil {
		return nil, err
	}
	of := fmt.Sprintf("%d agents, mean %.0f renewals a minute", f.Agents, f.Mean)
	return []figure{
		atMost("fleet_peak_ratio", f.PeakRatio, "x", 2, of),
		atMost("fleet_recovery_ratio", f.RecoveryRatio, "x", 5, of+"; all agents spread evenly over five minutes come to nine times that"),
		atMost("fleet_echo_ratio", f.EchoRatio, "x", 2, of),
		atMost("fleet_recovery_minutes", f.RecoveryMinutes, "min", 5, "an outage of an hour"),
		atMost("fleet_lost", f.Lost, "", 0, "credentials that expired though they could have been renewed"),
	}, nil
}
