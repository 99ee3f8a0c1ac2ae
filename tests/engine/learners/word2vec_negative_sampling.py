# output: loss
# graded right: gradCenterVec
import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def negSamplingLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, negSampleWordIndices):
    indices = [outsideWordIdx] + negSampleWordIndices
    gradOutsideVecs = np.zeros_like(outsideVectors)
    z_o = sigmoid(outsideVectors[outsideWordIdx] @ centerWordVec)
    loss = -np.log(z_o)
    gradCenterVec = (z_o - 1) * outsideVectors[outsideWordIdx]
    gradOutsideVecs[outsideWordIdx] += (z_o - 1) * centerWordVec
    for k in negSampleWordIndices:
        z_k = sigmoid(-outsideVectors[k] @ centerWordVec)
        loss -= np.log(z_k)
        gradCenterVec = gradCenterVec + (1 - z_k) * outsideVectors[k]
        gradOutsideVecs[k] += (1 - z_k) * centerWordVec
    return loss, gradCenterVec, gradOutsideVecs

np.random.seed(31)
CenterVec = np.random.randn(3)
outside = np.random.randn(5, 3)
loss, gradCenterVec, grad_outside = negSamplingLossAndGradient(CenterVec, 1, outside, [0, 3, 3])
print(loss.round(6))
