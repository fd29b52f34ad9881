# neurons
zero
