package broker

import (
	"strconv"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/keypairs"
	"daypass/app/schedule"
)

// codeGatewayMoved is the code of the problem that the gateway could not get the port that programs know.
const codeGatewayMoved = "gateway-moved"

// keyPairsChanged has the key pairs of a connection stored where a client has one of them.
func (b *Broker) keyPairsChanged(c clients.Client) {
	if c.Gateway {
		b.sessions.KeyPairsChanged(c.Connection)
	}
}

// KeyPairs returns what is to be stored of the key pairs of a connection; nil for none.
func (b *Broker) KeyPairs(id string) *keypairs.Set {
	pairs := b.list.KeyPairs(id)
	if len(pairs) == 0 {
		return nil
	}
	return &keypairs.Set{Port: b.gateway.Port(), Pairs: pairs}
}

// RestoreKeyPairs has the programs that have a key pair from an earlier agent served again, at the address that they know.
func (b *Broker) RestoreKeyPairs(id string, set keypairs.Set) {
	for _, p := range set.Pairs {
		c, err := b.list.RestoreGateway(id, p)
		if err != nil {
			b.log.Warn("a key pair is not restored", "tool", p.Name, "error", err)
			continue
		}
		if c.Scope != nil {
			b.limited.resume(c)
		}
	}
	address, err := b.gateway.Reopen(set.Port)
	if err != nil {
		b.log.Warn("the gateway cannot have its port again", "port", set.Port, "error", err)
		address, err = b.gateway.Open()
	}
	if err != nil {
		b.log.Error("the gateway cannot listen", "error", err)
		return
	}
	if b.gateway.Port() != set.Port {
		b.sessions.ShowProblem(app.Problem{
			Code: codeGatewayMoved, Params: map[string]string{"Port": strconv.Itoa(set.Port), "Address": address}, At: schedule.Now(),
		})
		b.sessions.KeyPairsChanged(id)
	}
}
