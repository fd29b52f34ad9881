zero one
