package main

// probe checks an address on the first screen.
func (st *stage) probe(address string) {
	st.fill("address", address)
	st.tap("check-address")
}
