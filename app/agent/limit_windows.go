package agent

// descriptorLimit returns more than there will ever be: Windows has no small limit.
func descriptorLimit() uint64 { return connectionShare * maxConnections }
